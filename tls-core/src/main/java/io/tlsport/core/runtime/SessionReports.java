package io.tlsport.core.runtime;

/** What one connection's engine tells of its sessions. Called on whichever thread it works. */
interface SessionReports {
  /** For connections whose sessions nobody wants. */
  SessionReports IGNORED =
      new SessionReports() {
        @Override
        public void session(byte[] id, byte[] data, boolean portable) {
          // Nobody has asked for it.
        }

        @Override
        public void ticket(byte[] ticket) {
          // Nobody has asked for it.
        }
      };

  /** As {@link io.tlsport.spi.EngineEvents#session}. */
  void session(byte[] id, byte[] data, boolean portable);

  /** As {@link io.tlsport.spi.EngineEvents#ticket}. */
  void ticket(byte[] ticket);
}
