package io.tlsport.core.credentials;

import java.util.Map;

/**
 * One block of a PEM text (RFC 7468, RFC 1421).
 *
 * @param label for example {@code CERTIFICATE}
 * @param headers the lines before the content, such as {@code DEK-Info}
 * @param content decoded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, Map<String, String> headers, byte[] content) {}
