package io.tlsport.bench;

/**
 * From the start of a process to its first connection, which has echoed 64 bytes.
 *
 * @param name who was started
 * @param wall milliseconds
 * @param cpu milliseconds of all its threads
 */
public record Startup(String name, Spread wall, Spread cpu) {}
