package io.tlsport.provider.jdk;

import io.tlsport.Tls;

/** The whole kit over the accelerator in Java; the one in native code has the kit of the day. */
class JdkAcceleratedNightly extends JdkTckTest {
  @Override
  public Tls.Builder newTls() {
    return super.newTls().accelerator("bc");
  }
}
