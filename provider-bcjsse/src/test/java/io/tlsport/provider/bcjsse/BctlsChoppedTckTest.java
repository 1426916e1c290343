package io.tlsport.provider.bcjsse;

import io.tlsport.tck.ChoppedTransport;

/** Single bytes from every transport, and a listener on every event. */
class BctlsChoppedTckTest extends BctlsTckTest implements ChoppedTransport {}
