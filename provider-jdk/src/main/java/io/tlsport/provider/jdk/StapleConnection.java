package io.tlsport.provider.jdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where SunJSSE believes to ask a responder: what it gets was there before. Nothing leaves this
 * process.
 */
final class StapleConnection extends HttpURLConnection {
  /** Of addresses that nobody but this class knows. */
  static final String SCHEME = "tlsport-staple";

  private static final Map<String, WeakReference<Kept>> KEPT = new ConcurrentHashMap<>();

  /** A response that is handed out under its address, as long as somebody holds this. */
  static final class Kept {
    private final String address = SCHEME + "://" + UUID.randomUUID();
    private final byte[] response;

    private Kept(byte[] response) {
      this.response = response;
    }

    /** For {@code jdk.tls.stapling.responderURI}. */
    String address() {
      return address;
    }
  }

  StapleConnection(URL url) {
    super(url);
  }

  /** Hands that response out from now on. */
  static Kept keep(byte[] response) {
    KEPT.values().removeIf(dropped -> dropped.get() == null);
    Kept kept = new Kept(response.clone());
    KEPT.put(kept.address(), new WeakReference<>(kept));
    return kept;
  }

  /** Whether this JVM asks this class for such addresses: it looks in the system class loader. */
  static boolean isReached() {
    try {
      return new URL(SCHEME + "://test").openConnection() instanceof StapleConnection;
    } catch (MalformedURLException unknown) {
      return false;
    } catch (IOException impossible) {
      throw new IllegalStateException("a connection to nowhere failed", impossible);
    }
  }

  private Optional<Kept> kept() {
    return Optional.ofNullable(KEPT.get(SCHEME + "://" + url.getHost())).map(WeakReference::get);
  }

  @Override
  public int getResponseCode() {
    return kept().isPresent() ? HTTP_OK : HTTP_NOT_FOUND;
  }

  @Override
  public String getResponseMessage() {
    return kept().isPresent() ? "OK" : "Not Found";
  }

  @Override
  public int getContentLength() {
    return kept().map(found -> found.response.length).orElse(0);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    Kept found = kept().orElseThrow(() -> new IOException("no status is kept under " + url));
    return new ByteArrayInputStream(found.response);
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public void connect() {
    // There is nobody to connect to.
  }

  @Override
  public void disconnect() {
    // As above.
  }

  @Override
  public boolean usingProxy() {
    return false;
  }
}
