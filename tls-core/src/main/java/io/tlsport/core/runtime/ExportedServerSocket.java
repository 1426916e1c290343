package io.tlsport.core.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * Accepts blocking sockets over exported engines. What is set here is set on each of them; what is
 * not set is as the context has it when the connection comes.
 */
final class ExportedServerSocket extends SSLServerSocket {
  private final Supplier<ExportedEngine> engines;
  private final ExportedEngine model;
  private final Map<String, Consumer<ExportedEngine>> settings = new LinkedHashMap<>();

  /** Not bound yet. */
  ExportedServerSocket(Supplier<ExportedEngine> engines) throws IOException {
    this.engines = engines;
    this.model = engines.get();
  }

  /** The handshake begins with the first read or write, so that no peer holds this up. */
  @Override
  public Socket accept() throws IOException {
    Socket transport = new Socket();
    implAccept(transport);
    ExportedEngine engine;
    try {
      engine = engine();
    } catch (RuntimeException refused) {
      transport.close();
      throw new IOException("no engine: what was set may not fit the context any more", refused);
    }
    return new ExportedSocket(engine, transport, InputStream.nullInputStream(), true);
  }

  private ExportedEngine engine() {
    ExportedEngine engine = engines.get();
    synchronized (settings) {
      settings.values().forEach(setting -> setting.accept(engine));
    }
    return engine;
  }

  /** Refuses what no engine would take, now and not when somebody connects. */
  private void set(String name, Consumer<ExportedEngine> setting) {
    synchronized (settings) {
      setting.accept(model);
      settings.remove(name);
      settings.put(name, setting);
    }
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return model.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return model.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    String[] copy = suites.clone();
    set("suites", engine -> engine.setEnabledCipherSuites(copy));
  }

  @Override
  public String[] getSupportedProtocols() {
    return model.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return model.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    String[] copy = protocols.clone();
    set("protocols", engine -> engine.setEnabledProtocols(copy));
  }

  @Override
  public SSLParameters getSSLParameters() {
    return model.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    model.setSSLParameters(parameters);
    SSLParameters copy = model.getSSLParameters();
    set("parameters", engine -> engine.setSSLParameters(copy));
  }

  @Override
  public void setUseClientMode(boolean client) {
    set("mode", engine -> engine.setUseClientMode(client));
  }

  @Override
  public boolean getUseClientMode() {
    return model.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    set("auth", engine -> engine.setNeedClientAuth(need));
  }

  @Override
  public boolean getNeedClientAuth() {
    return model.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    set("auth", engine -> engine.setWantClientAuth(want));
  }

  @Override
  public boolean getWantClientAuth() {
    return model.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean create) {
    model.setEnableSessionCreation(create);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return model.getEnableSessionCreation();
  }
}
