package io.tlsport.examples;

import io.tlsport.OcspResponder;
import io.tlsport.Tls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** As {@link Stapling}, with what a responder says: asked by HTTP, checked, and kept. */
public final class FetchedStapling {
  private FetchedStapling() {}

  /** Plays both ends; the responder is another program. */
  public static void main(String... args) {
    Example.main("FetchedStapling PROVIDER KEY CERT CA RESPONDER", args, FetchedStapling::run);
  }

  static void run(List<String> args, Consumer<String> out)
      throws IOException, InterruptedException {
    try (Tls tls = Tls.builder().provider(args.get(0)).build()) {
      OcspResponder fetcher =
          tls.createOcspFetcher(URI.create(args.get(4)), Duration.ofSeconds(10));
      Stapling.show(tls, args, fetcher, out);
    }
  }
}
