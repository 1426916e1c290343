package io.tlsport;

import static io.tlsport.Codes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with an option is told where the option is written. */
class ArgumentsTest {
  static Stream<Arguments> setters() {
    return Stream.of(
            SecureContextOptions.builder(),
            ServerOptions.builder(),
            ConnectOptions.builder(),
            SocketOptions.builder())
        .flatMap(
            builder ->
                Arrays.stream(builder.getClass().getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .filter(method -> !method.isBridge() && takesObjects(method))
                    .map(method -> Arguments.of(builder, method)));
  }

  private static boolean takesObjects(Method method) {
    return method.getParameterCount() > 0
        && Arrays.stream(method.getParameterTypes()).noneMatch(Class::isPrimitive);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("setters")
  void refuseNull(Object builder, Method setter) {
    InvocationTargetException thrown =
        assertThrows(
            InvocationTargetException.class,
            () -> setter.invoke(builder, new Object[setter.getParameterCount()]));
    ConfigurationException refused =
        assertInstanceOf(ConfigurationException.class, thrown.getCause());
    assertEquals(ErrorCode.ERR_INVALID_ARG_TYPE, refused.code());
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith(setter.getName()), refused::toString);
  }

  @Test
  @SuppressWarnings("NullAway") // What callers without a checker can do is what is tested.
  void listsMayHaveNoNullInThem() {
    List<String> names = Collections.singletonList(null);
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_TYPE,
        () -> ConnectOptions.builder().alpnProtocols(names),
        "alpnProtocols");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_TYPE,
        () -> ConnectOptions.builder().npnProtocols("a", null),
        "npnProtocols");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_TYPE,
        () -> SecureContextOptions.builder().ca(Pem.of("a"), null),
        "ca");
  }

  @Test
  void textsThatMeanNothingAreRefused() {
    ConnectOptions.Builder client = ConnectOptions.builder();
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> client.host(""), "host");
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> client.path(""), "path");
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> client.localAddress(""), "localAddress");
    SecureContextOptions.Builder context = SecureContextOptions.builder();
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> context.ecdhCurve(""), "ecdhCurve");
    assertRefused(ErrorCode.ERR_INVALID_ARG_VALUE, () -> context.sigalgs(""), "sigalgs");
  }

  @Test
  void timesThatNoTimerHoldsAreRefused() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    ConnectOptions.Builder client = ConnectOptions.builder();
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE, () -> client.handshakeTimeout(forEver), "handshakeTimeout");
    assertRefused(ErrorCode.ERR_OUT_OF_RANGE, () -> client.closeTimeout(forEver), "closeTimeout");
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE, () -> client.connectTimeout(forEver), "connectTimeout");
    assertEquals(longest, client.handshakeTimeout(longest).build().handshakeTimeout());
    assertRefused(
        ErrorCode.ERR_OUT_OF_RANGE,
        () -> SecureContextOptions.builder().sessionTimeout(Duration.ofSeconds(1L << 31)),
        "sessionTimeout");
  }
}
