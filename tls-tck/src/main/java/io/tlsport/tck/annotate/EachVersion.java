package io.tlsport.tck.annotate;

import io.tlsport.tck.engine.VersionTemplate;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that runs once for TLS 1.2 and once for TLS 1.3, which it gets as its parameter. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(VersionTemplate.class)
public @interface EachVersion {}
