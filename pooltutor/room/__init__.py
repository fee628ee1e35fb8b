"""A room with phones: everybody answers the question that the teacher has open, and the screen counts.

Files, each importing only those before it: ``protocol`` (what phones and the teacher may say, and what the room knows;
no socket), ``qr`` (the address as a QR code), ``pages`` (what a phone and the teacher get), ``outbox`` and ``guarded``
(slow and hostile clients), ``sockets`` (phones and the teacher at the room) and ``server`` (who answers where).
"""
