package io.tlsport.bench;

import java.util.Optional;

/**
 * From the start of a process to its first connection, which has echoed 64 bytes.
 *
 * @param name who was started
 * @param wall milliseconds
 * @param cpu milliseconds of all its threads
 * @param wallPart part of the time that {@code SslHandler} took over the same engine in the same
 *     round; empty for others than ours, and where that is not measured
 */
public record Startup(String name, Spread wall, Spread cpu, Optional<Spread> wallPart) {}
