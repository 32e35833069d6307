package dev.dopi.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that was packed into the jar. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String number = number();
        return new String[] {"dopi " + (number.equals(UNPACKED) ? "(built from source, not packaged)" : number)};
    }

    private static final String UNPACKED = "0.0.0-source";

    /** Returns the version's number, {@value #UNPACKED} where none was packed. */
    static String number() {
        String packed = ProgramVersion.class.getPackage().getImplementationVersion();
        return packed == null ? UNPACKED : packed;
    }
}
