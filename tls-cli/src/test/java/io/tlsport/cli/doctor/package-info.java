/** Each check, on a machine that provokes it. */
@NullMarked
package io.tlsport.cli.doctor;

import org.jspecify.annotations.NullMarked;
