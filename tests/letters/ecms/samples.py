"""Messages of eCMS to read: values of every kind, and the same letter in the two spellings that real programs write."""

from __future__ import annotations

import base64
from datetime import date

from phrom.letters.ecms import messages as m

DAY = date(2024, 6, 11)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SENDER = m.Party("สมชาย", "ใจดี", "ผู้อำนวยการ", "11", "11008")
RECEIVER = m.Party("", "", "ผู้ว่าราชการจังหวัดเชียงใหม่", "15", "15050")
LETTER = m.CorrespondenceLetter(
    id="ชม 0017.2/ว 123",
    dated=DAY,
    subject="ขอเชิญประชุมคณะกรรมการ น้ำใจ & <กำลัง>",
    secret="001",
    speed="003",
    sender=SENDER,
    receiver=RECEIVER,
    references=(m.ReferenceLetter("นร 1013/ว 3", date(2024, 5, 1), "แนวทาง"), m.ReferenceLetter("คำสั่งที่ 3046/2567")),
    attachment="1. ระเบียบวาระ 2. แบบตอบรับ",
    send_date=DAY,
    description="หมายเหตุ",
    main=m.Binary("application/pdf", PDF),
    attachments=(m.Binary("application/pdf", PDF), m.Binary("text/plain", "น้ำ".encode())),
)
SIGNED = m.GovernmentSignature("001", m.SignerParty("สมชาย", "ใจดี", "ผู้อำนวยการ", "11", "11008"))
XML_SIGNED = m.XmlSignature("#Letter", "AAAA", "BBBB", "CN=Test", "CCCC")
DOCUMENT = m.GovernmentDocument(LETTER, SIGNED)
NOTIFIERS = [m.Notifier(kind, LETTER.id, DAY, LETTER.subject, "456" if kind in m.NUMBERED else "") for kind in m.NotifierKind]
ITEMS: list[m.Item] = [DOCUMENT, *NOTIFIERS]
BODIES: list[m.Body] = [
    *(m.OutboundRequest(item) for item in ITEMS),
    m.OutboundResponse("P-1", "2024-06-11T09:00:00"),
    m.InboundRequest(),
    *(m.InboundResponse("P-2", "2024-06-11T09:00:00", item) for item in ITEMS),
    m.InboundResponse("P-3", "", m.GovernmentDocument(LETTER, SIGNED, XML_SIGNED)),
    m.InboundResponse("", ""),
    m.DeleteGovernmentDocumentRequest(LETTER.id, DAY, "11008", "15050"),
    m.LetterDeleteRequest("P-2"),
    m.LetterDeleteResponse("P-2", "2024-06-11T09:00:00"),
    *(m.InboundSpecialRequest(item, LETTER.id, DAY, "11008", "15050") for item in m.SpecialItem),
    *(m.MasterDataRequest(wanted) for wanted in m.MasterList),
    m.OutboundStatusRequest(),
    m.OutboundStatusResponse((m.OutboundStatus("P-1", LETTER.id, "002"), m.OutboundStatus("P-2", "x", ""))),
    m.OutboundStatusResponse(),
    m.TimeCheckRequest(),
]

_LETTER = """
<{ram}:CorrespondenceLetter ID="Letter">
 <{ram}:ID>กค 0405/77</{ram}:ID><{ram}:CorrespondenceDate>{day}</{ram}:CorrespondenceDate><{ram}:Subject>แจ้งเวียน</{ram}:Subject>
 {codes}
 <{ram}:SenderParty><{ram}:GivenName>ก</{ram}:GivenName>
  <{ram}:MinistryOrganization><{ram}:ID>11</{ram}:ID></{ram}:MinistryOrganization>
  <{ram}:DepartmentOrganization><{ram}:ID>11008</{ram}:ID></{ram}:DepartmentOrganization></{ram}:SenderParty>
 <{ram}:ReceiverParty><{ram}:DepartmentOrganization><{ram}:ID>15050</{ram}:ID></{ram}:DepartmentOrganization></{ram}:ReceiverParty>
 <{ram}:MainLetterBinaryObject mimeCode="application/pdf">{pdf}</{ram}:MainLetterBinaryObject>
</{ram}:CorrespondenceLetter>"""
_WRAPPED = "\n".join(base64.b64encode(PDF).decode()[at : at + 20] for at in range(0, 80, 20))

# As a program in VB.NET writes it: WS-Addressing without www, header parts in small letters.
DIALECT_A = f"""<?xml version="1.0" encoding="utf-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header>
<wsa:messageID xmlns:wsa="http://w3.org/2005/08/addressing">20240611.090000000</wsa:messageID>
<wsa:to xmlns:wsa="http://w3.org/2005/08/addressing">http://ecms.example.go.th/</wsa:to></SOAP-ENV:Header><SOAP-ENV:Body>
<CorrespondenceLetterInboundResponse><ProcessID>A-77</ProcessID><ProcessTime>2024-06-11 09:00:00</ProcessTime>
<rsm:GovernmentDocument xmlns:rsm="urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
 xmlns:ram="urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1">
{_LETTER.format(ram="ram", day="2567-06-11", codes="", pdf=_WRAPPED)}
</rsm:GovernmentDocument></CorrespondenceLetterInboundResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>""".encode()

# As a program in C# writes it: rsm and ram exchanged, codes without leading zeros, a time behind the day.
DIALECT_B = f"""<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:ram="urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
 xmlns:rsm="urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"><S:Header>
<wsa:MessageID>20240611.090000001</wsa:MessageID><wsa:To>http://ecms.example.go.th/</wsa:To></S:Header><S:Body>
<rsm:CorrespondenceLetterInboundResponse><rsm:ProcessID>A-77</rsm:ProcessID><rsm:GovernmentDocument>
{
    _LETTER.format(
        ram="rsm",
        day="2024-06-11T09:00:00+07:00",
        codes="<rsm:SecretCode>1</rsm:SecretCode><rsm:SpeedCode>003</rsm:SpeedCode>",
        pdf=base64.b64encode(PDF).decode(),
    )
}
</rsm:GovernmentDocument></rsm:CorrespondenceLetterInboundResponse></S:Body></S:Envelope>""".encode()
