package io.tlsport.core.credentials;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Trusted certificates of a Java key store, as encodings. Its digest is not checked, which without
 * the password is nobody's.
 */
final class JksFile {
  private static final int MAGIC = 0xfeedfeed;
  private static final int NEWEST = 2;
  private static final int TRUSTED = 2;

  private JksFile() {}

  /** True if the bytes begin as such a file does. */
  static boolean isOne(byte[] file) {
    return file.length > Integer.BYTES && java.nio.ByteBuffer.wrap(file).getInt() == MAGIC;
  }

  /**
   * The certificates that belong to no key, in the file's order.
   *
   * @throws IOException if it is damaged, or holds keys, which such a file should not
   */
  static List<byte[]> trusted(byte[] file) throws IOException {
    List<byte[]> found = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      in.readInt();
      if (in.readInt() != NEWEST) {
        throw new IOException("a Java key store of an unknown version");
      }
      int entries = in.readInt();
      for (int i = 0; i < entries; i++) {
        if (in.readInt() != TRUSTED) {
          throw new IOException("a Java key store with keys in it");
        }
        in.readUTF();
        in.readLong();
        in.readUTF();
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
          throw new EOFException("a Java key store that is cut off");
        }
        found.add(in.readNBytes(length));
      }
    }
    return found;
  }
}
