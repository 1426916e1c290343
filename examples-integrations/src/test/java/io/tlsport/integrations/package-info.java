/** Each integration against a peer that has nothing of ours, or against another one. */
@NullMarked
package io.tlsport.integrations;

import org.jspecify.annotations.NullMarked;
