/** The program from its users' side. */
@NullMarked
package io.tlsport.cli;

import org.jspecify.annotations.NullMarked;
