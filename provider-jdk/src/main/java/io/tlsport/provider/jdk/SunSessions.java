package io.tlsport.provider.jdk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of SunJSSE's sessions, in a format of our own, and sessions from such bytes. SunJSSE
 * can write a session only for its own tickets. All use of these internals is here. They are the
 * same in Java 17 and 25, and have to be as they were when this was written, or none is used.
 */
final class SunSessions {
  private static final int FORMAT = 1;
  private static final int LONGEST = 0xFFFF;

  private final Constructor<?> newSession;
  private final Constructor<?> newId;
  private final Method versionOf;
  private final Method suiteOf;
  private final Method put;
  private final Field version;
  private final Field id;
  private final Field suite;
  private final Field master;
  private final Field extended;
  private final Field created;
  private final Field preShared;
  private final Field ticket;
  private final Field ticketAge;
  private final Field ticketCreated;
  private final Field peer;
  private final Field host;
  private final Field port;
  private final Field mark;
  private final Field names;
  private final Field statuses;

  private SunSessions() throws ReflectiveOperationException {
    Class<?> session = SunTicketKeys.type("SSLSessionImpl");
    Class<?> versions = SunTicketKeys.type("ProtocolVersion");
    Class<?> suites = SunTicketKeys.type("CipherSuite");
    Class<?> ids = SunTicketKeys.type("SessionId");
    newSession = session.getDeclaredConstructor();
    newSession.setAccessible(true);
    newId = ids.getDeclaredConstructor(byte[].class);
    newId.setAccessible(true);
    versionOf = method(versions, versions, "nameOf", String.class);
    suiteOf = method(suites, suites, "nameOf", String.class);
    put = method(SunTicketKeys.type("SSLSessionContextImpl"), void.class, "put", session);
    version = SunTicketKeys.field(session, "protocolVersion", versions);
    id = SunTicketKeys.field(session, "sessionId", ids);
    suite = SunTicketKeys.field(session, "cipherSuite", suites);
    master = SunTicketKeys.field(session, "masterSecret", SecretKey.class);
    extended = SunTicketKeys.field(session, "useExtendedMasterSecret", boolean.class);
    created = SunTicketKeys.field(session, "creationTime", long.class);
    preShared = SunTicketKeys.field(session, "preSharedKey", SecretKey.class);
    ticket = SunTicketKeys.field(session, "pskIdentity", byte[].class);
    ticketAge = SunTicketKeys.field(session, "ticketAgeAdd", int.class);
    ticketCreated = SunTicketKeys.field(session, "ticketCreationTime", long.class);
    peer = SunTicketKeys.field(session, "peerCerts", X509Certificate[].class);
    host = SunTicketKeys.field(session, "host", String.class);
    port = SunTicketKeys.field(session, "port", int.class);
    mark = SunTicketKeys.field(session, "identificationProtocol", String.class);
    names = SunTicketKeys.field(session, "requestedServerNames", List.class);
    statuses = SunTicketKeys.field(session, "statusResponses", List.class);
  }

  private static Method method(Class<?> owner, Class<?> result, String name, Class<?>... arguments)
      throws ReflectiveOperationException {
    Method method = owner.getDeclaredMethod(name, arguments);
    if (method.getReturnType() != result) {
      throw new NoSuchMethodException(method.toString());
    }
    method.setAccessible(true);
    return method;
  }

  /**
   * The internals, tried on a context of SunJSSE.
   *
   * @throws ReflectiveOperationException if they are not what they were
   * @throws java.lang.reflect.InaccessibleObjectException if they are not open
   */
  static SunSessions load(SSLContext sample) throws ReflectiveOperationException {
    SunSessions internals = new SunSessions();
    internals.prove(sample.getClientSessionContext());
    return internals;
  }

  /** Writes one, reads it, and finds what SunJSSE looks for under its host. */
  private void prove(SSLSessionContext sessions) throws ReflectiveOperationException {
    Object session = newSession.newInstance();
    byte[] number = new byte[32];
    version.set(session, versionOf.invoke(null, "TLSv1.3"));
    suite.set(session, suiteOf.invoke(null, "TLS_AES_128_GCM_SHA256"));
    id.set(session, newId.newInstance((Object) number));
    preShared.set(session, new SecretKeySpec(new byte[32], "TlsPreSharedKey"));
    ticket.set(session, new byte[] {1});
    mark.set(session, "mark");
    names.set(session, List.of(new Name(0, new byte[] {'a'})));
    byte[] written = export((SSLSession) session);
    SSLSession read = read(written, "proof", 1).orElse(null);
    if (read == null || !Arrays.equals(written, export(read))) {
      throw new NoSuchFieldException("a session of SunJSSE is more than was written");
    }
    keep(read, sessions);
    SSLSession found = sessions.getSession(number);
    if (found != read || !"proof".equals(found.getPeerHost()) || found.getPeerPort() != 1) {
      throw new NoSuchFieldException("SunJSSE does not find a session that was put into its cache");
    }
    found.invalidate();
  }

  /** The secret of a session of TLS 1.2 or older. */
  byte[] masterSecret(SSLSession session) {
    try {
      return ((SecretKey) master.get(session)).getEncoded();
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException("what was open is closed", closed);
    }
  }

  /** All that it takes to go on with a session, in any process. */
  byte[] export(SSLSession session) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(session.getProtocol());
      out.writeUTF(session.getCipherSuite());
      write(out, session.getId());
      write(out, (SecretKey) master.get(session));
      write(out, (SecretKey) preShared.get(session));
      write(out, (byte[]) ticket.get(session));
      out.writeInt(ticketAge.getInt(session));
      out.writeLong(ticketCreated.getLong(session));
      out.writeLong(created.getLong(session));
      out.writeBoolean(extended.getBoolean(session));
      String marked = (String) mark.get(session);
      out.writeUTF(marked == null ? "" : marked);
      X509Certificate[] chain = (X509Certificate[]) peer.get(session);
      out.writeByte(chain == null ? 0 : chain.length);
      for (X509Certificate certificate : chain == null ? new X509Certificate[0] : chain) {
        write(out, certificate.getEncoded());
      }
      List<byte[]> stapled = ((ExtendedSSLSession) session).getStatusResponses();
      out.writeByte(stapled.size());
      for (byte[] status : stapled) {
        write(out, status);
      }
      List<SNIServerName> requested = ((ExtendedSSLSession) session).getRequestedServerNames();
      out.writeByte(requested.size());
      for (SNIServerName name : requested) {
        out.writeByte(name.getType());
        write(out, name.getEncoded());
      }
    } catch (IOException | CertificateException | IllegalAccessException impossible) {
      throw new IllegalStateException("SunJSSE shows no session any more", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeShort(0);
      return;
    }
    if (bytes.length > LONGEST) {
      throw new IOException("a part of a session has " + bytes.length + " bytes");
    }
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static void write(DataOutputStream out, @Nullable SecretKey key) throws IOException {
    out.writeUTF(key == null ? "" : key.getAlgorithm());
    write(out, key == null ? null : key.getEncoded());
  }

  /**
   * The session that was exported, for no context yet.
   *
   * @param ofHost under which a client finds it; null for a server's
   * @param ofPort the same
   * @return empty if these bytes are none, or this Java has not what it takes to go on with it
   */
  Optional<SSLSession> read(byte[] exported, @Nullable String ofHost, int ofPort) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(exported))) {
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      Object session = newSession.newInstance();
      Object ofVersion = versionOf.invoke(null, in.readUTF());
      Object ofSuite = suiteOf.invoke(null, in.readUTF());
      if (ofVersion == null || ofSuite == null) {
        return Optional.empty();
      }
      version.set(session, ofVersion);
      suite.set(session, ofSuite);
      id.set(session, newId.newInstance((Object) bytes(in)));
      master.set(session, key(in));
      preShared.set(session, key(in));
      byte[] identity = bytes(in);
      ticket.set(session, identity.length == 0 ? null : identity);
      ticketAge.setInt(session, in.readInt());
      ticketCreated.setLong(session, in.readLong());
      created.setLong(session, in.readLong());
      extended.setBoolean(session, in.readBoolean());
      String marked = in.readUTF();
      mark.set(session, marked.isEmpty() ? null : marked);
      peer.set(session, chain(in));
      statuses.set(session, statuses(in));
      names.set(session, names(in));
      host.set(session, ofHost);
      port.setInt(session, ofPort);
      return in.read() < 0 ? Optional.of((SSLSession) session) : Optional.empty();
    } catch (IOException | CertificateException | IllegalArgumentException damaged) {
      return Optional.empty();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("SunJSSE takes no session any more", impossible);
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return bytes;
  }

  private static @Nullable SecretKey key(DataInputStream in) throws IOException {
    String algorithm = in.readUTF();
    byte[] key = bytes(in);
    return algorithm.isEmpty() ? null : new SecretKeySpec(key, algorithm);
  }

  private static X509Certificate @Nullable [] chain(DataInputStream in)
      throws IOException, CertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    int count = in.readUnsignedByte();
    CertificateFactory reader = CertificateFactory.getInstance("X.509");
    for (int i = 0; i < count; i++) {
      Certificate read = reader.generateCertificate(new ByteArrayInputStream(bytes(in)));
      chain.add((X509Certificate) read);
    }
    return chain.isEmpty() ? null : chain.toArray(new X509Certificate[0]);
  }

  private static List<byte[]> statuses(DataInputStream in) throws IOException {
    List<byte[]> statuses = new ArrayList<>();
    int count = in.readUnsignedByte();
    for (int i = 0; i < count; i++) {
      statuses.add(bytes(in));
    }
    return List.copyOf(statuses);
  }

  private static List<SNIServerName> names(DataInputStream in) throws IOException {
    List<SNIServerName> names = new ArrayList<>();
    int count = in.readUnsignedByte();
    for (int i = 0; i < count; i++) {
      int type = in.readUnsignedByte();
      names.add(new Name(type, bytes(in)));
    }
    return List.copyOf(names);
  }

  /** From now on the engines of that context find it. */
  void keep(SSLSession session, SSLSessionContext sessions) {
    try {
      put.invoke(sessions, session);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("SunJSSE takes no session any more", impossible);
    }
  }

  /** What a client asked for. */
  private static final class Name extends SNIServerName {
    Name(int type, byte[] encoded) {
      super(type, encoded);
    }
  }
}
