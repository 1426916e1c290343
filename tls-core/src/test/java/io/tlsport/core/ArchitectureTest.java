package io.tlsport.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.tlsport.core.policy.time.Ticker;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/** The arrows that must not exist. */
@AnalyzeClasses(packages = "io.tlsport", importOptions = ArchitectureTest.ProductAlone.class)
class ArchitectureTest {
  /** No tests, wherever the build put them, and no maker of test certificates. */
  static final class ProductAlone implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("io/tlsport/testpki");
    }
  }

  private static final String API = "io.tlsport";
  private static final String SPI = "io.tlsport.spi..";
  private static final String CORE = "io.tlsport.core..";
  private static final String POLICY = "io.tlsport.core.policy..";
  private static final String CREDENTIALS = "io.tlsport.core.credentials..";
  private static final String ENGINE = "io.tlsport.core.engine..";
  private static final String NETWORK = "io.tlsport.core.netty..";
  private static final String RUNTIME = "io.tlsport.core.runtime..";
  private static final String SHARING = "io.tlsport.core.sharing..";
  private static final String WIRING = "io.tlsport.core.wiring..";
  private static final String GUICE_MODULE = "io.tlsport.core.guice..";

  private static final String NETTY = "io.netty..";
  private static final String GUICE = "com.google.inject..";
  private static final String CONSCRYPT = "org.conscrypt..";
  private static final String BOUNCY_CASTLE = "org.bouncycastle..";
  private static final String PROVIDERS = "io.tlsport.provider..";

  private static final DescribedPredicate<JavaClass> SOCKETS =
      DescribedPredicate.describe(
          "sockets and channels",
          c ->
              c.getName().matches("java\\.net\\.(\\w*Socket\\w*|SocketAddress)")
                  || c.getPackageName().equals("java.nio.channels"));

  @ArchTest
  static final ArchRule policyKnowsNoEngineNetworkOrInjector =
      noClasses()
          .that()
          .resideInAPackage(POLICY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, NETWORK, RUNTIME, WIRING, GUICE_MODULE, NETTY, GUICE)
          .orShould()
          .dependOnClassesThat(type(SSLEngine.class))
          .orShould()
          .dependOnClassesThat(SOCKETS);

  @ArchTest
  static final ArchRule policyReadsNoClockOfItsOwn =
      noClasses()
          .that()
          .resideInAPackage(POLICY)
          .and(not(type(Ticker.class)))
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.InstantSource.class, "system")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Random.class, java.security.SecureRandom.class);

  @ArchTest
  static final ArchRule policyReadsNoFilesOrProperties =
      noClasses()
          .that()
          .resideInAnyPackage(POLICY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..")
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule credentialsKnowPolicyOnly =
      noClasses()
          .that()
          .resideInAPackage(CREDENTIALS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, NETWORK, RUNTIME, WIRING, GUICE_MODULE, NETTY, GUICE);

  @ArchTest
  static final ArchRule engineKnowsNoNetwork =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NETWORK, RUNTIME, WIRING, GUICE_MODULE, CREDENTIALS, NETTY, GUICE)
          .orShould()
          .dependOnClassesThat(SOCKETS);

  @ArchTest
  static final ArchRule sharingKnowsPolicyOnly =
      noClasses()
          .that()
          .resideInAPackage(SHARING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ENGINE, NETWORK, RUNTIME, WIRING, GUICE_MODULE, CREDENTIALS, NETTY, GUICE)
          .orShould()
          .dependOnClassesThat(type(SSLEngine.class));

  @ArchTest
  static final ArchRule networkKnowsNoPolicyAndNoRuntime =
      noClasses()
          .that()
          .resideInAPackage(NETWORK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(POLICY, CREDENTIALS, RUNTIME, WIRING, GUICE_MODULE, GUICE, SPI);

  @ArchTest
  static final ArchRule nettyStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(NETWORK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(NETTY);

  @ArchTest
  static final ArchRule guiceJoinsThePartsAndNothingElse =
      noClasses()
          .that()
          .resideOutsideOfPackages(WIRING, GUICE_MODULE)
          .and()
          .haveSimpleNameNotStartingWith("DefaultTlsBuilder")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GUICE);

  @ArchTest
  static final ArchRule coreKnowsNoProvider =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROVIDERS, CONSCRYPT, BOUNCY_CASTLE);

  @ArchTest
  static final ArchRule theApiKnowsNothing =
      classes()
          .that()
          .resideInAnyPackage(API, SPI)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(API, SPI, "java..", "javax..", "org.jspecify..");

  @ArchTest
  static final ArchRule applicationsSeeNoForeignType =
      classes()
          .that()
          .resideInAnyPackage(API, SPI)
          .should(showNothingOf(NETTY, GUICE, CONSCRYPT, BOUNCY_CASTLE, CORE));

  @ArchTest
  static final ArchRule applicationsWithAnInjectorSeeNoMoreThanGuice =
      classes()
          .that()
          .resideInAPackage(GUICE_MODULE)
          .should(showNothingOf(NETTY, CONSCRYPT, BOUNCY_CASTLE));

  @ArchTest
  static final ArchRule systemPropertiesAreSetInOnePlace =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("SystemProperties")
          .should()
          .callMethod(System.class, "setProperty", String.class, String.class)
          .orShould()
          .callMethod(System.class, "clearProperty", String.class)
          .orShould()
          .callMethod(System.class, "setProperties", java.util.Properties.class);

  @ArchTest
  static final ArchRule nothingIsInstalledGlobally =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("InstalledAccelerator")
          .should()
          .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
          .orShould()
          .callMethod(
              java.security.Security.class,
              "insertProviderAt",
              java.security.Provider.class,
              int.class)
          .orShould()
          .callMethod(java.security.Security.class, "setProperty", String.class, String.class);

  @ArchTest
  static final ArchRule logsGoThroughSystemLogger =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache..");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class);

  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  private static ArchCondition<JavaClass> showNothingOf(String... packages) {
    DescribedPredicate<JavaClass> foreign = resideInAnyPackage(packages);
    return new ArchCondition<>("show nothing of " + String.join(", ", packages)) {
      @Override
      public void check(JavaClass shown, ConditionEvents events) {
        if (shown.getModifiers().contains(JavaModifier.PUBLIC)) {
          types(shown)
              .filter(foreign)
              .forEach(
                  type ->
                      events.add(
                          SimpleConditionEvent.violated(
                              shown, shown.getName() + " shows " + type.getName())));
        }
      }
    };
  }

  /** What a user of the class can see: supertypes, fields, parameters, results, exceptions. */
  private static Stream<JavaClass> types(JavaClass shown) {
    Stream<JavaType> fields =
        shown.getFields().stream()
            .filter(field -> visible(field.getModifiers()))
            .map(field -> field.getType());
    Stream<JavaType> signatures =
        shown.getCodeUnits().stream()
            .filter(unit -> visible(unit.getModifiers()))
            .flatMap(
                unit ->
                    Stream.concat(
                        Stream.of(unit.getReturnType()),
                        Stream.concat(
                            unit.getParameterTypes().stream(), unit.getExceptionTypes().stream())));
    Stream<JavaType> supertypes =
        Stream.concat(shown.getSuperclass().stream(), shown.getInterfaces().stream());
    return Stream.of(fields, signatures, supertypes)
        .flatMap(all -> all)
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .collect(Collectors.toSet())
        .stream();
  }

  private static boolean visible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
