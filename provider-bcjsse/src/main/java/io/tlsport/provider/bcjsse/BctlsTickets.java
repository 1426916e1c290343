package io.tlsport.provider.bcjsse;

import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session tickets in the form of RFC 5077 section 4, with the seed's 48 bytes as keys: a name of 16
 * bytes, an HMAC-SHA256 key of 16, an AES-128 key of 16.
 */
final class BctlsTickets {
  static final int KEY_LENGTH = 48;

  private static final int PART = 16;
  private static final int MAC_LENGTH = 32;
  private static final int SHORTEST = PART + PART + PART + MAC_LENGTH;

  private final JcaServices jca;
  private final SecureRandom random;
  private volatile List<byte[]> keys;

  /** Tickets under a key of this process only, until others are installed. */
  BctlsTickets(JcaServices jca, SecureRandom random) {
    this.jca = jca;
    this.random = random;
    byte[] own = new byte[KEY_LENGTH];
    random.nextBytes(own);
    this.keys = List.of(own);
  }

  /** Replaces the keys: the first encrypts, all decrypt. */
  void install(List<byte[]> newestFirst) {
    keys = newestFirst.stream().map(byte[]::clone).toList();
  }

  byte[] seal(byte[] session) throws GeneralSecurityException {
    byte[] key = keys.get(0);
    byte[] iv = new byte[PART];
    random.nextBytes(iv);
    byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(session);
    ByteBuffer ticket = ByteBuffer.allocate(PART + PART + encrypted.length + MAC_LENGTH);
    ticket.put(key, 0, PART).put(iv).put(encrypted);
    ticket.put(mac(key, ticket.array(), ticket.position()));
    return ticket.array();
  }

  /** The session in it; empty if none of the keys made it, or if it is damaged. */
  Optional<byte[]> open(byte[] ticket) {
    if (ticket.length < SHORTEST) {
      return Optional.empty();
    }
    for (byte[] key : keys) {
      if (MessageDigest.isEqual(Arrays.copyOf(key, PART), Arrays.copyOf(ticket, PART))) {
        return open(key, ticket);
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> open(byte[] key, byte[] ticket) {
    int end = ticket.length - MAC_LENGTH;
    try {
      byte[] mac = Arrays.copyOfRange(ticket, end, ticket.length);
      if (!MessageDigest.isEqual(mac, mac(key, ticket, end))) {
        return Optional.empty();
      }
      byte[] iv = Arrays.copyOfRange(ticket, PART, 2 * PART);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(ticket, 2 * PART, end - 2 * PART));
    } catch (GeneralSecurityException damaged) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher cipher = jca.cipher("AES/CBC/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key, 2 * PART, PART, "AES"), new IvParameterSpec(iv));
    return cipher;
  }

  private byte[] mac(byte[] key, byte[] ticket, int length) throws GeneralSecurityException {
    Mac mac = jca.mac("HmacSHA256");
    mac.init(new SecretKeySpec(key, PART, PART, "HmacSHA256"));
    mac.update(ticket, 0, length);
    return mac.doFinal();
  }
}
