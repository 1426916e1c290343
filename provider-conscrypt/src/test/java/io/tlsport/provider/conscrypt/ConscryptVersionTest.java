package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

/** What the version of Conscrypt that is in force has, and what it has not. */
class ConscryptVersionTest {
  @Test
  void versionThatCannotTellGroupsIsTooOld() {
    assertTrue(ConscryptAvailability.tellsGroups(Conscrypt.class));
    assertFalse(ConscryptAvailability.tellsGroups(Object.class));
  }

  /** Those that docs/providers.md names. */
  @Test
  void librariesAreThereForTheSystemsOfTheDocument() {
    Map<String, Boolean> systems =
        Map.of(
            "libconscrypt_openjdk_jni-linux-x86_64.so", true,
            "libconscrypt_openjdk_jni-linux-aarch_64.so", true,
            "libconscrypt_openjdk_jni-osx-x86_64.dylib", true,
            "libconscrypt_openjdk_jni-osx-aarch_64.dylib", true,
            "conscrypt_openjdk_jni-windows-x86_64.dll", true,
            "conscrypt_openjdk_jni-windows-aarch_64.dll", false);
    systems.forEach(
        (name, there) ->
            assertEquals(
                there, Conscrypt.class.getResource("/META-INF/native/" + name) != null, name));
  }

  /** Fails with the first version that has it: then docs/providers.md has the plan. */
  @Test
  void nativeLibraryMakesNoConfigurationOfEncryptedHellos() throws Exception {
    Class<?> internals = Class.forName("org.conscrypt.NativeCrypto");
    Method marshal =
        internals.getDeclaredMethod(
            "SSL_marshal_ech_config", short.class, byte[].class, String.class);
    marshal.setAccessible(true);
    InvocationTargetException failed =
        assertThrows(
            InvocationTargetException.class,
            () -> marshal.invoke(null, (short) 1, new byte[32], "public.example"));
    assertInstanceOf(UnsatisfiedLinkError.class, failed.getCause());
  }
}
