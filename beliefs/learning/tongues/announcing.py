"""Announcing: how English says that what follows is somebody else's text."""

import re

ANNOUNCED = re.compile(
    r"(?i)\W*(?:(?:this is |here(?:['’]?s| is| are) |quoting |copied |pasted |taken |straight "
    r"|text |an excerpt |excerpt )*(?:from|according to|per|out of)"
    r" (?:the |a |an |this |our |my |their )?(?:[\w'’.-]+ ){0,3}?(?:data ?sheet|manual|docs?"
    r"|documentation|wiki|article|paper|book|spec|specification|readme|e?mail|page|web ?site|site"
    r"|blog(?: post)?|forum|thread|ticket|issue|review|report|chat|transcript|contract|letter"
    r"|guide|handbook|style guide|rfc|policy|memo|brief|interview|changelog|release notes|slack"
    r"|reddit|stack ?overflow)"
    r"|(?:please )?(?:type|translate|proofread|rewrite|rephrase|correct|polish|edit|format"
    r"|summari[sz]e|shorten|improve|check) (?:up )?(?:this|the following|it|these)\b"
    r"|[\w .'’-]{2,40} (?:wrote|writes|says?|said|posted|replied|emailed"
    r"|texted))\b[^.!?\n]{0,40}:\s*$"
)
