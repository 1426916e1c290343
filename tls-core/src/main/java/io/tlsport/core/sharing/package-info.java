/** What servers share sessions by: keys that rotate, a store, and the places behind them. */
@NullMarked
package io.tlsport.core.sharing;

import org.jspecify.annotations.NullMarked;
