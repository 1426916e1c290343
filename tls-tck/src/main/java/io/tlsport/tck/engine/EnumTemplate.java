package io.tlsport.tck.engine;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once for each of some constants, which it gets as its parameter. */
abstract class EnumTemplate<E extends Enum<E>> implements TestTemplateInvocationContextProvider {
  private final List<E> constants;

  EnumTemplate(List<E> constants) {
    this.constants = List.copyOf(constants);
  }

  @Override
  public final boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public final Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return constants.stream().map(Invocation::new);
  }

  private record Invocation(Enum<?> constant)
      implements TestTemplateInvocationContext, ParameterResolver {
    @Override
    public String getDisplayName(int index) {
      return constant.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == constant.getDeclaringClass();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return constant;
    }
  }
}
