package io.tlsport.tck.annotate;

import io.tlsport.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The capability that a test, or every test of a contract, asks for. Where the provider has it the
 * test must pass; where it has not, the test must end in the refusal of exactly that capability,
 * before a byte has left.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {
  /** The capability. */
  Capability value();
}
