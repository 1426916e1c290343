package io.tlsport.provider.conscrypt;

import io.tlsport.tck.ChoppedTransport;

/** Single bytes from every transport, and a listener on every event. */
class ConscryptChoppedTckTest extends ConscryptTckTest implements ChoppedTransport {}
