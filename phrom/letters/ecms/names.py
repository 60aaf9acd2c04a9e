"""Names, namespaces and bounds of eCMS messages."""

from __future__ import annotations

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSA = "http://www.w3.org/2005/08/addressing"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
DS = "http://www.w3.org/2000/09/xmldsig#"
XINCLUDE = "http://www.w3.org/2001/XInclude"
PREFIXES = {"SOAP-ENV": SOAP, "wsa": WSA, "rsm": RSM, "ram": RAM, "ds": DS}

DEEPEST, MOST_ELEMENTS = 24, 5_000
MOST_BYTES = 48 * 1024 * 1024  # of a message; base64 makes a file a third larger
MOST_FILES = 50
ID, CODE, NAME, TITLE, SUBJECT, TEXT = 80, 20, 200, 300, 500, 4_000  # longest texts, those of our own columns

SPEEDS = SECRETS = frozenset({"001", "002", "003", "004"})
