package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A name of any kind (RFC 5280 section 4.2.1.6).
 *
 * @param tag its kind, as it is tagged in DER
 * @param value the content behind the tag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GeneralName(int tag, byte[] value) {
  static final int OTHER = 0xa0;
  static final int EMAIL = 0x81;
  static final int DNS = 0x82;
  static final int X400 = 0xa3;
  static final int DIRECTORY = 0xa4;
  static final int EDI_PARTY = 0xa5;
  static final int URI = 0x86;
  static final int IP = 0x87;
  static final int REGISTERED_ID = 0x88;

  /** The next one. */
  static GeneralName next(DerReader names) throws DerException {
    int tag = names.peek();
    return new GeneralName(tag, names.next().rest());
  }

  /** All of a SEQUENCE of names that is the value of an extension. */
  static List<GeneralName> ofExtension(byte[] extension) throws DerException {
    DerReader sequence = new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
    List<GeneralName> names = new ArrayList<>();
    while (!sequence.isEmpty()) {
      names.add(next(sequence));
    }
    return names;
  }
}
