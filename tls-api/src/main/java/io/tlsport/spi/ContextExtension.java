package io.tlsport.spi;

/** What a context may do beyond making engines: a closed list, so that the TCK can cover it. */
public sealed interface ContextExtension permits TicketKeys, ServerSessions {}
