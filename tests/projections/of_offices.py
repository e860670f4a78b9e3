"""What may happen to an office, for the sentences."""

from __future__ import annotations

from uuid import UUID

from domain.base import Event
from domain.directory import (
    OfficeAddressChanged,
    OfficeCreated,
    OfficeDissolved,
    OfficeMerged,
    OfficeRenamed,
    OfficeSplit,
    OfficeTookOver,
    PortfolioMoved,
)

ECONOMY, LABOUR = UUID(int=71), UUID(int=72)

OF_OFFICES: tuple[Event, ...] = (
    OfficeCreated(key="tresor", name="président du Conseil du trésor", feminine="présidente du Conseil du trésor",
                  kind="ministre", legislature="QC", mail="bureau@exemple.org", address=("875, Grande Allée Est",)),
    OfficeRenamed(name="ministre du Trésor", feminine="ministre du Trésor"),
    OfficeAddressChanged(address=("1, rue Neuve",), mail="", phone="418 555-0123"),
    OfficeMerged(into=ECONOMY, reason="remaniement"),
    OfficeSplit(into=(ECONOMY, LABOUR), to=LABOUR),
    OfficeDissolved(),
    PortfolioMoved(to=ECONOMY, what="la faune", threads=(UUID(int=73),)),
    OfficeTookOver(office=LABOUR),
)  # fmt: skip
