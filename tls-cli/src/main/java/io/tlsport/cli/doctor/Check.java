package io.tlsport.cli.doctor;

import java.util.List;

/** Looks at one thing. */
interface Check {
  /** What it found. It looks everywhere and never throws for what is missing. */
  List<Finding> look(Machine machine);
}
