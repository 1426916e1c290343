/** The driver over engines without cryptography, in time that the tests move. */
@NullMarked
package io.tlsport.core.engine;

import org.jspecify.annotations.NullMarked;
