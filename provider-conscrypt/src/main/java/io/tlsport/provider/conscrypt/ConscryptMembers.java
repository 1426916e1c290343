package io.tlsport.provider.conscrypt;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.conscrypt.ClientSessionContext;

/**
 * Looks for what Conscrypt keeps to itself: each member by its name and its type, so that one that
 * has become something else is missing.
 */
final class ConscryptMembers {
  private ConscryptMembers() {}

  /** A class of Conscrypt's package. */
  static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(
        "org.conscrypt." + name, true, ClientSessionContext.class.getClassLoader());
  }

  static Field field(Class<?> owner, String name, Class<?> type) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    if (field.getType() != type) {
      throw new NoSuchFieldException(field.toString());
    }
    field.setAccessible(true);
    return field;
  }

  static Method method(Class<?> owner, Class<?> result, String name, Class<?>... arguments)
      throws NoSuchMethodException {
    Method method = owner.getDeclaredMethod(name, arguments);
    if (method.getReturnType() != result) {
      throw new NoSuchMethodException(method.toString());
    }
    method.setAccessible(true);
    return method;
  }
}
