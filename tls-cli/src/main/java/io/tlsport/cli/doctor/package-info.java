/** What stands in a provider's way on a machine. A check is a small class, pure but for files. */
@NullMarked
package io.tlsport.cli.doctor;

import org.jspecify.annotations.NullMarked;
