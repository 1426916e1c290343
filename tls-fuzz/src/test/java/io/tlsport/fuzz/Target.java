package io.tlsport.fuzz;

import java.util.List;

/** Something that reads bytes that anybody may have written. */
interface Target {
  /** Its name in reports, and among the seeds. */
  String name();

  /** What it reads on good days: the fuzzer begins with these. */
  List<byte[]> seeds() throws Exception;

  /**
   * Reads them.
   *
   * @throws io.tlsport.TlsException as it may, if it is of a kind that says what is wrong
   * @throws Exception which is a finding, as is any other
   */
  void read(byte[] input) throws Exception;
}
