/** Time as policy sees it: a number that grows, given from outside. */
@NullMarked
package io.tlsport.core.policy.time;

import org.jspecify.annotations.NullMarked;
