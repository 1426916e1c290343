package io.tlsport.integrations;

import io.tlsport.SecureContext;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's clients, and its brokers: {@code ssl.engine.factory.class} names this class, and the
 * configuration has the context under {@link #CONTEXT}.
 */
public final class KafkaEngines implements SslEngineFactory {
  /** The name of the configuration whose value is a {@link SecureContext}. */
  public static final String CONTEXT = "tlsport.secure.context";

  private @Nullable SecureContext context;

  @Override
  public void configure(Map<String, ?> configuration) {
    if (configuration.get(CONTEXT) instanceof SecureContext given) {
      context = given;
    } else {
      throw new org.apache.kafka.common.config.ConfigException(CONTEXT + " is no SecureContext");
    }
  }

  private SSLEngine engine(String host, int port, boolean client) {
    if (context == null) {
      throw new IllegalStateException("configure comes first");
    }
    SSLEngine engine = context.sslContext().createSSLEngine(host, port);
    engine.setUseClientMode(client);
    return engine;
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, String identification) {
    return engine(host, port, true);
  }

  @Override
  public SSLEngine createServerSslEngine(String host, int port) {
    SSLEngine engine = engine(host, port, false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** Never: a reloadable context is followed by the engines. */
  @Override
  public boolean shouldBeRebuilt(Map<String, Object> next) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void close() {
    context = null;
  }
}
