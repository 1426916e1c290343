package io.tlsport.spi;

/** What an engine may do beyond its spec: a closed list, so that the TCK can cover it. */
public sealed interface EngineExtension
    permits RenegotiationRefusal, KeyingMaterial, FinishedMessages {}
