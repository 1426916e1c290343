package io.tlsport.tck.report;

import io.tlsport.tck.engine.Contracts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The results of one class of the kit, as they come. Safe for any number of threads.
 *
 * <p>A result that a test published is replaced by a failure if the test failed afterwards, as by a
 * socket that stayed open.
 */
final class KitRun {
  private final List<TestResult> results = Collections.synchronizedList(new ArrayList<>());
  private volatile String provider = "";
  private volatile String version = "";

  void isOf(String itsProvider, String itsVersion) {
    provider = itsProvider;
    version = itsVersion;
  }

  /** The provider's name; empty until the first result. */
  String provider() {
    return provider;
  }

  /** The provider's version; empty until the first result. */
  String version() {
    return version;
  }

  void add(TestResult result) {
    results.add(result);
  }

  List<TestResult> results() {
    synchronized (results) {
      return List.copyOf(results);
    }
  }

  List<TestResult> ofContract(String tag) {
    return results().stream().filter(result -> result.contract().equals(tag)).toList();
  }

  /** The contracts of which every test has run. */
  Set<String> whole() {
    Set<String> whole = new TreeSet<>();
    for (String tag : Contracts.tags()) {
      Set<String> missing = Contracts.tests(tag);
      ofContract(tag).forEach(result -> missing.remove(result.test()));
      if (missing.isEmpty()) {
        whole.add(tag);
      }
    }
    return whole;
  }
}
