"""What `--help` says of each command, and its examples: English messages, said in the reader's language."""

from __future__ import annotations

from projections.phrases.catalogue import N_

TOP = (
    N_("Follow the cases up"),
    N_("Documents and assemblies"),
    N_("Directory and accounts"),
    N_("Keep the house in order"),
    N_("Rules"),
)

SUIVI = N_("""Suivi keeps what became of each resolution of an assembly, and the whole history of how.

Every command works by itself: it starts what it needs and stops it again. The data lie in the folder SUIVI_HOME; the
person who acts is SUIVI_USER, else the account of this computer. SUIVI_LANG=en speaks English.""")

HELP: dict[str, str] = {
    "cases": N_("""List the cases: numbers, title, state, who follows them, due date.

--format csv or xlsx gives the same list as a file, for a spreadsheet."""),
    "case": N_("""Show one case: where it stands, what is proposed, what is possible now.

REF is a number in the latest assembly (17), or assembly:number (2023:17); any number of a bundle finds the bundle."""),
    "demarches": N_("""List the threads with offices: letters, reminders, what came of them, how long each has waited.

The unanswered ones come oldest first. Counts may be imprecise (“at least 3”) and stay so when they are added up. One
question at a time: --by-office, --declined, --redirections, --meetings, --met, --turns or --responsiveness."""),
    "demarche": N_("""Show one thread with an office: where it stands, whose turn it is, what is possible now."""),
    "plans": N_("List the work plans: key, title, period, whose they are, how many items are still open."),
    "plan": N_("""Show one work plan, with its tree: what is planned, how and when, who, what is told of it.

--carry-to PLAN shows what carrying its open items over to the next plan would do; nothing is recorded."""),
    "records": N_("""List the records: activities, letters, alliances, publications, fundings and figures of the organisation.

With --as-of, those that had taken place by that day."""),
    "record": N_("Show one record, with where it was read."),
    "history": N_("""Tell the whole history of a case, of a thread, or of an entry of the directory.

What was corrected or retracted stays visible, marked. The number of an entry is what correct and retract ask for."""),
    "attachments": N_("List the files attached to a case or a thread: what each is, by its content, and its fingerprint."),
    "attachment": N_("""Save one file that was attached.

Its content is compared with the fingerprint that the history proves: a file that is no longer what was attached is not
written. Nothing is overwritten."""),
    "read-mail": N_("""Read an e-mail that an office sent, and propose what to record: who, when, of which thread, which act.

Nothing is recorded: the command that would do it is printed, to be typed by whoever has read the mail. Its attachments
are named, and not opened."""),
    "act": N_("""Record what happens to a case, or to an entry of the directory.

REF is a case (17, 2023:17, any number of a bundle), a thread (demarche:12), or body:KEY, person:KEY, office:KEY,
assembly:KEY. A verb that creates takes the REF that is to be. Without VERB, what is possible now is listed.

Facts are given with --set NAME=VALUE. A repeated NAME is a list; NAME.KEY=VALUE is a mapping, such as titles.17=…
A body or a person is given by reference or by exact name; an unknown body is entered in the directory by the same act.

Dates may be incomplete, and in words: 2024-06-26, 2024-06, “juin 2024”, “automne 2024”, 2024-09~ (about), 2022/..
(since). --occurred says when it happened; without it, nothing is claimed but the day it was recorded.

Verbs of a case:
  adopt reword confirm refer report-back start postpone block resume
  complete close-undone carry-over supersede reopen split merge
  note approve-report assign set-due wait link add-task finish-task remind-me
  correct retract restrict migrate

Verbs of a thread with an office (demarche:12; demarche:new is the next one):
  send remind acknowledge answer decline redirect say-silent close reopen
  fix-meeting move-meeting cancel-meeting hold-meeting
  pause resume assign link note attach remind-me correct retract

Verbs of a record (record:12; record:new is the next one):
  create reword link send withdraw correct retract

Verbs of a plan (plan:KEY), whose items are cases (KEY:3.1.3):
  create rename adopt-part enter-node reword-node move-node remove-node
  set-target list carry-over conclude correct retract
Of an item of a plan:
  those of a case, and reword-task drop-task set-target

Verbs of the directory:
  create rename appoint end-term set-address set-language settle-numbers correct retract
Of a body:
  announce-meeting move-meeting cancel-meeting hold-meeting
Of an office:
  merge split dissolve move-portfolio
Of a person:
  set-notices be-away come-back"""),
    "confirm": N_("""Establish the state that an import proposes.

Nothing that was read in a document moves a case by itself: an officer confirms it here, or acts otherwise. With --all,
every proposal is established at once, or every one of a confidence."""),
    "import": N_("""Bring a document in: a follow-up report, a register, a plan, an annual report, or a directory of offices.

Every problem is shown with its line. Then all is recorded, or nothing: an error refuses the whole, a warning does not.
The same file again creates nothing. --undo takes an import back, as long as nothing was recorded since."""),
    "report": N_("""Print a report: the register, what awaits an answer, the board of an assembly… Without NAME, they are listed.

It is a Word document, a PDF, a spreadsheet or a page, as of any day. The organisation lays its own Word documents out: the
template of a report (--template), changed in a word processor and put under templates in the data folder, takes the
place of the one that comes with Suivi."""),
    "assemblies": N_("List the assemblies, and what became of their numbers."),
    "demo": N_("""Load the demonstration assembly, once; loading sends nothing to anyone.

It tells what became of the resolutions of an annual assembly of 2023, under the key demo-2023: people and due dates
are invented. With --simulated, in an empty store, the time begins on 18 September 2024 and stands still until it is
moved with suivi sweep --now: reminders can then be watched as they come."""),
    "deadlines": N_("""List what is due, and which reminder comes next.

A date that had passed before it was recorded reminds nobody. A reminder is acknowledged, or put off:
suivi act REF acknowledge-step, suivi act REF snooze --set until=DATE"""),
    "calendar": N_("""List the dates to come, or write them for a calendar program.

Due dates, meetings fixed with authorities, meetings of bodies: of each, its reference and the step, without anyone’s name.
An address that a calendar program asks by itself is made on the page of one’s account."""),
    "meetings": N_("""List the meetings of bodies, those to come and those that were held or called off.

They are announced with suivi act body:KEY announce-meeting --set date=DATE, then moved, cancelled or held."""),
    "letter": N_("""Prepare a reminder letter to an office that has not answered.

It is addressed to whoever holds the office today, and says what was sent, when, and what came of it. It is a Word
document, for an officer to read, change and send: Suivi writes to no office by itself. A template of your own, in the
data folder under templates/reminder.docx, takes the place of the one that comes with Suivi."""),
    "draft": N_("""Draft what a report says of a case, from what was recorded of it.

It is text to be changed and approved: suivi act REF approve-report --set text=… Notes of the office are never in it, and
nothing that the facts do not say."""),
    "table": N_("""Give a report to an assembly: it is made, kept byte for byte, and recorded.

The next follow-up leaves out what had ended by then. It takes the roles of officer or secretary."""),
    "tabled": N_("List the reports that an assembly was given, or have one again, byte for byte."),
    "sweep": N_("""Make one pass of the clocks: every reminder that is due is recorded, once.

suivi up does this every minute by itself. --now moves the time of a simulated store on (suivi demo --simulated), and
is refused everywhere else."""),
    "bodies": N_("List the bodies: committees, services, councils, with who holds their charges."),
    "people": N_("List the people of the directory."),
    "offices": N_("""List the offices that letters go to, and who speaks for each on a day.

As a file (--format csv), the list can be changed in a spreadsheet and brought back in: suivi import FILE. A reshuffle is
one file: who takes an office ends the term before theirs, and what takes the place of an office takes its threads."""),
    "user": N_("Say who may act, and as what."),
    "user add": N_("""Let someone act, as officer, secretary, administrator or auditor.

The person is entered in the directory if need be. Done again, it gives the roles anew, opens what was disabled."""),
    "user invite": N_("""Invite someone to open an account of their own, by mail.

The message bears a link that serves once, within seven days: whoever opens it chooses a password or a passkey. Until then
there is no account. Where no mail server is set, the link is printed, to be handed over."""),
    "user reset": N_("""Send someone a link by which they choose another password.

It serves once, within the hour, and signs them out wherever they had entered."""),
    "user list": N_("List the accounts and their roles."),
    "token": N_("Say which programs may enter through HTTP."),
    "token add": N_("""Make a token, with which a program enters through HTTP in your name.

Its secret is shown once, and cannot be shown again; only its trace is kept. It stops when its days are over, when it is
revoked, or when your account is closed."""),
    "token list": N_("List the tokens that serve: yours, or everyone’s for an administrator."),
    "token revoke": N_("End a token at once: one of yours, or anyone’s for an administrator."),
    "user disable": N_("Close an account. The person stays in the directory and in every history."),
    "organisation": N_("""Show, or set, what holds for the whole organisation: its working days above all.

Without --set, everything is shown, with the holidays to come. With --set, what is given takes the place of what held
before; a list is given whole, one --set for each item. It is for the secretary and administrators. What may be set:

  name           its name
  zone           its time zone: America/Toronto
  jurisdictions  whose holidays count: QC, CA (federal), ON, NB…
  days_off       its own: 2026-12-24, or 2026-12-24/2027-01-02; empty for none
  recesses.QC    when the National Assembly does not sit: 2025-06-14/2025-09-15; recesses.CA, Parliament
  opens, closes  when work begins and ends: 8:30
  late_after     days after which an office is late to answer: 30; very_late_after: very late, 60
  seasons.spring the day it begins: 20 March; likewise seasons.summer, seasons.autumn, seasons.winter
  year_begins    the month in which its year begins: January, April
  inclusive      how words for men and women are written: dots, dot, middle_dots, slash, doublets, none
  spaced_signs   whether a thin space stands before semicolons, exclamation and question marks: yes, no
  lang           the language it writes, unless someone prefers the other: fr, en"""),
    "workflow": N_("See and check the rules that cases follow."),
    "workflow list": N_("List the workflows."),
    "workflow check": N_("Check definitions: every problem with its line. Without a file, those in use here."),
    "workflow schema": N_("Print the JSON Schema of a definition, for an editor that checks while one types."),
    "workflow migrate": N_("""Move the cases of a kind to another version of their rules; --dry-run shows what changes.

A state that is not in the new version needs one that takes its place: --state old=new. What runs keeps its reminders.
Each case is moved by itself: those that cannot be are named, with the reason, and stay as they are."""),
    "workflow diagram": N_("Draw a workflow, as a Mermaid state diagram."),
    "workflow vocabulary": N_("List the verbs, facts, roles and guards that a definition chooses among."),
    "rebuild": N_("""Make the lists anew from the log, beside those in use, then swap them.

Nothing is sent to anyone and nothing recorded changes."""),
    "projections": N_("Say how far each list has come, and how far it is behind the log."),
    "deliver": N_("""Write the reminders that are due to be written, and send what may go now: one pass.

What cannot be sent is tried again later, then set aside in sight: suivi outbox. The mail server is SMTP_URL, the sender
MAIL_FROM; without a server, messages wait and can be read. Mail goes out on working days and in working hours only."""),
    "inbox": N_("""Show what you were told: reminders, news, whatever way they went, unread ones first.

Whoever has an account but no mail address is told here. How you are told is set with suivi act person:KEY set-notices:
rhythm=at_once|daily|weekly, hour=8:30, weekday=monday, kinds.news=none; and be-away, come-back for absences."""),
    "bounce": N_("""Record that a message came back, from the notice that the mail server sent: FILE, or - for the input.

The message is set aside in sight, and the secretary is told whom it did not reach. The same notice again changes nothing.
For a mailbox that gets all of them, feed each one: suivi bounce - < notice.eml, or POST /api/v1/bounces."""),
    "outbox": N_("""Show the messages that go out: those that wait, have gone, were set aside, or came back.

The secretary and administrators see all of them, anyone else their own. With ID, one message with its text; texts are
forgotten 30 days after they are gone."""),
    "up": N_("""Start everything, and serve the pages until Ctrl-C.

Database, message broker, lists, clocks, mail and pages: each is started when the one before it is ready. If one ends
by itself, all are ended and it is named. DATABASE_URL, BROKER_URL and SMTP_URL give servers of your own."""),
    "backup": N_("Save everything in one consistent file."),
    "restore": N_("Put a backup back, into an empty home."),
    "export": N_("Write everything that was recorded, for whoever leaves Suivi: an archive, or the log alone (CloudEvents)."),
    "doctor": N_("Examine the installation; say what is wrong and what to do."),
    "version": N_("Say which Suivi this is."),
}
