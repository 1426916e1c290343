package io.tlsport.cli.doctor;

import java.util.List;

/**
 * One thing that a check found.
 *
 * @param check the name of the check
 * @param gravity how bad it is
 * @param providers those that it concerns; empty: all
 * @param found what was found, in a sentence
 * @param mend what to do about it; empty where nothing is to be done
 */
public record Finding(
    String check, Gravity gravity, List<String> providers, String found, String mend) {
  /** How bad a finding is. */
  public enum Gravity {
    /** It is as it should be. */
    OK,
    /** It works, and may surprise. */
    WARNING,
    /** A provider, or what it is for, does not work here. */
    PROBLEM
  }

  /** Keeps a copy of the providers. */
  public Finding {
    providers = List.copyOf(providers);
    if (gravity != Gravity.OK && mend.isEmpty()) {
      throw new IllegalArgumentException("a finding without a mend: " + found);
    }
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Gravity.OK, List.of(), found, "");
  }

  static Finding warning(String check, List<String> providers, String found, String mend) {
    return new Finding(check, Gravity.WARNING, providers, found, mend);
  }

  static Finding problem(String check, List<String> providers, String found, String mend) {
    return new Finding(check, Gravity.PROBLEM, providers, found, mend);
  }

  /** True if it is about that provider, or about all. */
  public boolean concerns(String provider) {
    return providers.isEmpty() || providers.contains(provider);
  }
}
