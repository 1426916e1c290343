@NullMarked
package io.tlsport.micrometer;

import org.jspecify.annotations.NullMarked;
