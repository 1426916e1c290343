package io.tlsport.bench;

import io.tlsport.ProtocolVersion;

/**
 * What a comparison has given. Costs are CPU microseconds of the server for a connection, a round
 * trip or a megabyte.
 *
 * @param provider of both servers
 * @param version of both
 * @param work that both did
 * @param first what the first one costs
 * @param second what the second one costs
 * @param ratio of the first to the second in the same round: how many times less the second costs
 * @param firstResumed share of the first one's connections that resumed a session, 0 to 1
 * @param secondResumed the same of the second
 */
public record Outcome(
    String provider,
    ProtocolVersion version,
    Work work,
    Spread first,
    Spread second,
    Spread ratio,
    double firstResumed,
    double secondResumed) {}
