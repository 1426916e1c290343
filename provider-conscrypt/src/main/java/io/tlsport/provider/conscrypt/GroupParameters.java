package io.tlsport.provider.conscrypt;

import java.util.List;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Parameters with groups, also on Java 17, whose class has no such property: Conscrypt looks for
 * this method by its name. Public, because it is called from there.
 */
public final class GroupParameters extends SSLParameters {
  private final List<String> groups;

  /** Parameters with those groups; empty: Conscrypt's own. */
  GroupParameters(List<String> groups) {
    this.groups = List.copyOf(groups);
  }

  /** The groups, most wanted first; null for Conscrypt's own. */
  @SuppressWarnings("MissingOverride") // there is nothing to override on Java 17
  public String @Nullable [] getNamedGroups() {
    return groups.isEmpty() ? null : groups.toArray(new String[0]);
  }
}
