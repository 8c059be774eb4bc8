namespace MallVip.Rules.Cel;

/// <summary>Leaves the parser at the first mistake it cannot step over; never leaves the compiler.</summary>
internal sealed class CelSyntaxException(CelDiagnostic diagnostic) : Exception(diagnostic.Message)
{
    public CelDiagnostic Diagnostic { get; } = diagnostic;
}
