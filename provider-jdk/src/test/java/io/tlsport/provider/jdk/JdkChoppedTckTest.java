package io.tlsport.provider.jdk;

import io.tlsport.tck.ChoppedTransport;

/** Single bytes from every transport, and a listener on every event. */
class JdkChoppedTckTest extends JdkTckTest implements ChoppedTransport {}
