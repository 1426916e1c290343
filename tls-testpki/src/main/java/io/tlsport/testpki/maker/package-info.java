/** What runs in the maker's own JVM: nothing here may be loaded by a test. */
@NullMarked
package io.tlsport.testpki.maker;

import org.jspecify.annotations.NullMarked;
