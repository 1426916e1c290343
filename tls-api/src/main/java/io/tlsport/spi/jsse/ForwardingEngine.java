package io.tlsport.spi.jsse;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An engine that hands everything on to another one: for adapters that watch its steps. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
public abstract class ForwardingEngine extends SSLEngine {
  private final SSLEngine to;

  /** Hands on to that engine. */
  protected ForwardingEngine(SSLEngine to) {
    this.to = to;
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer out)
      throws SSLException {
    return to.wrap(from, offset, length, out);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] out, int offset, int length)
      throws SSLException {
    return to.unwrap(from, out, offset, length);
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return to.getDelegatedTask();
  }

  @Override
  public void closeInbound() throws SSLException {
    to.closeInbound();
  }

  @Override
  public boolean isInboundDone() {
    return to.isInboundDone();
  }

  @Override
  public void closeOutbound() {
    to.closeOutbound();
  }

  @Override
  public boolean isOutboundDone() {
    return to.isOutboundDone();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return to.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return to.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    to.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return to.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return to.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    to.setEnabledProtocols(protocols);
  }

  @Override
  public SSLSession getSession() {
    return to.getSession();
  }

  @Override
  public @Nullable SSLSession getHandshakeSession() {
    return to.getHandshakeSession();
  }

  @Override
  public void beginHandshake() throws SSLException {
    to.beginHandshake();
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return to.getHandshakeStatus();
  }

  @Override
  public void setUseClientMode(boolean mode) {
    to.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return to.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    to.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return to.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    to.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return to.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    to.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return to.getEnableSessionCreation();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return to.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    to.setSSLParameters(parameters);
  }

  @Override
  public @Nullable String getApplicationProtocol() {
    return to.getApplicationProtocol();
  }

  @Override
  public @Nullable String getHandshakeApplicationProtocol() {
    return to.getHandshakeApplicationProtocol();
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    to.setHandshakeApplicationProtocolSelector(selector);
  }

  @Override
  public @Nullable BiFunction<SSLEngine, List<String>, String>
      getHandshakeApplicationProtocolSelector() {
    return to.getHandshakeApplicationProtocolSelector();
  }
}
