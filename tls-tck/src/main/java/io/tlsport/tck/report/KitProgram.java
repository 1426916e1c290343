package io.tlsport.tck.report;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.Contracts;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The kit as a program: runs it on the providers that {@link ServiceLoader} finds, and writes one
 * JSON object a line to standard output. Its exit status is that of the command line: 0 done, 1 a
 * rule is broken, 2 wrong usage, 3 the provider cannot do what was asked, 4 it cannot run here.
 */
public final class KitProgram {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int UNSUPPORTED = 3;
  private static final int UNAVAILABLE = 4;

  /** Held here, or its level would be forgotten: BC-JSSE logs every handshake. */
  private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

  private final PrintStream out;

  KitProgram(PrintStream out) {
    this.out = out;
  }

  /** Runs it and ends the JVM. */
  public static void main(String[] arguments) {
    BOUNCY_CASTLE.setLevel(Level.SEVERE);
    PrintStream lines = System.out;
    // What a provider or a library prints is no line of the report.
    System.setOut(System.err);
    System.exit(new KitProgram(lines).run(arguments));
  }

  /** Runs it; the exit status. */
  int run(String... arguments) {
    KitArguments wanted;
    List<TlsProviderFactory> factories;
    try {
      wanted = KitArguments.parse(arguments);
      factories = factories(wanted);
    } catch (IllegalArgumentException wrong) {
      error("ERR_INVALID_ARG_VALUE", String.valueOf(wrong.getMessage()));
      return USAGE;
    }
    int worst = DONE;
    for (TlsProviderFactory factory : factories) {
      worst = Math.max(worst, run(factory, wanted));
    }
    return worst;
  }

  private static List<TlsProviderFactory> factories(KitArguments wanted) {
    List<TlsProviderFactory> all =
        ServiceLoader.load(TlsProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    List<TlsProviderFactory> ofJar =
        all.stream()
            .filter(factory -> wanted.jar().map(jar -> comesFrom(factory, jar)).orElse(true))
            .toList();
    if (wanted.jar().isPresent() && ofJar.isEmpty()) {
      throw new IllegalArgumentException(
          wanted.jar().get()
              + " registers no provider: META-INF/services/"
              + TlsProviderFactory.class.getName()
              + " in it has to name the factory");
    }
    List<TlsProviderFactory> named =
        ofJar.stream()
            .filter(factory -> wanted.provider().map(factory.name()::equals).orElse(true))
            .toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "the provider \""
              + wanted.provider().orElse("")
              + "\" is not known; known are "
              + ofJar.stream().map(TlsProviderFactory::name).toList());
    }
    return named;
  }

  private static boolean comesFrom(TlsProviderFactory factory, String jar) {
    CodeSource source = factory.getClass().getProtectionDomain().getCodeSource();
    try {
      return source != null
          && source.getLocation() != null
          && Path.of(source.getLocation().toURI())
              .equals(Path.of(jar).toAbsolutePath().normalize());
    } catch (URISyntaxException noFile) {
      return false;
    }
  }

  private int run(TlsProviderFactory factory, KitArguments wanted) {
    ChosenKit.choose(new Wanted(factory, wanted));
    try (Tls tls = new ChosenKit().newTls().build()) {
      line(
          "kit",
          "provider",
          tls.provider().name(),
          "version",
          tls.provider().version(),
          "jvm",
          Runtime.version().toString(),
          "contracts",
          wanted.contracts().isEmpty() ? Contracts.tags() : wanted.contracts());
    } catch (UnsupportedFeatureException refused) {
      error(refused.code().code(), about(factory, refused));
      return UNSUPPORTED;
    } catch (ConfigurationException refused) {
      error(refused.code().code(), about(factory, refused));
      return refused.code() == ErrorCode.ERR_PROVIDER_UNAVAILABLE
              || refused.code() == ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE
          ? UNAVAILABLE
          : USAGE;
    } catch (TlsException failed) {
      error(failed.code().code(), about(factory, failed));
      return FAILED;
    }
    KitLines lines = new KitLines(factory.name(), this::line);
    launcher()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(ChosenKit.class))
                .filters(
                    wanted.contracts().isEmpty()
                        ? FilterOfRules.NONE
                        : TagFilter.includeTags(wanted.contracts()),
                    new FilterOfRules(wanted))
                .build(),
            lines);
    if (lines.count() == 0) {
      error("ERR_INVALID_ARG_VALUE", "no test is of both the contracts and the rules asked for");
      return USAGE;
    }
    line("end", "provider", factory.name(), "tests", lines.count(), "failed", lines.failures());
    return lines.failures() == 0 ? DONE : FAILED;
  }

  /** With the name of the provider, which most of these begin with themselves. */
  private static String about(TlsProviderFactory factory, TlsException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.startsWith(factory.name()) ? message : factory.name() + ": " + message;
  }

  /** Nothing but this program hears of the tests, whatever else is registered. */
  private static Launcher launcher() {
    return LauncherFactory.create(
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build());
  }

  /** What the arguments ask for. */
  private record Wanted(TlsProviderFactory factory, KitArguments arguments)
      implements ProviderUnderTest {
    @Override
    public Tls.Builder newTls() {
      Tls.Builder builder = Tls.builder().provider(factory).internals(arguments.internals());
      return arguments.fips() ? builder.requireFips() : builder;
    }
  }

  /** Lets tests of the wanted rules through. */
  private record FilterOfRules(KitArguments wanted) implements PostDiscoveryFilter {
    /** Lets everything through. */
    static final PostDiscoveryFilter NONE = descriptor -> FilterResult.included("everything");

    @Override
    public FilterResult apply(TestDescriptor descriptor) {
      if (descriptor.getSource().orElse(null) instanceof MethodSource method) {
        Rule rule = method.getJavaMethod().getAnnotation(Rule.class);
        return FilterResult.includedIf(rule == null || wanted.wantsRule(rule.value()));
      }
      return FilterResult.included("no method");
    }
  }

  private void error(String code, String message) {
    line("error", "code", code, "message", message);
  }

  private void line(String event, Object... members) {
    Object[] all = new Object[members.length + 2];
    all[0] = "event";
    all[1] = event;
    System.arraycopy(members, 0, all, 2, members.length);
    synchronized (out) {
      out.println(Json.of(Json.members(all)));
      out.flush();
    }
  }
}
