package io.tlsport;

/**
 * The cipher of a connection, as the seed's {@code getCipher()} returns it.
 *
 * @param name OpenSSL's name, for example {@code ECDHE-RSA-AES128-GCM-SHA256}
 * @param standardName the IANA name, for example {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}
 * @param version the oldest protocol that has the suite, as OpenSSL prints it: {@code TLSv1.2}
 */
public record CipherInfo(String name, String standardName, String version) {}
