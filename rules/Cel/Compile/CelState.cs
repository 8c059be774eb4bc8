using System.Runtime.CompilerServices;

namespace MallVip.Rules.Cel;

/// <summary>
/// What one evaluation carries, on the caller's stack: the first error not yet absorbed, the source offset of
/// the operation under way, and the steps left. An operation that fails records the error and returns a
/// default value; compiled code looks at <see cref="Error"/> before it uses such a value.
/// </summary>
internal struct CelState
{
    public CelError? Error;
    public int At;
    public long Budget;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fail(string code, params string[] args) =>
        Error ??= new CelError(code, CelMessages.Format(code, args), 0, 0) { Args = args, Offset = At };

    /// <summary>An error that a host function returned as a value.</summary>
    public void Fail(CelError error) => Error ??= error with { Offset = At };

    /// <summary>Takes steps from the budget; false, with an error recorded, when it is used up.</summary>
    public bool Spend(long steps)
    {
        Budget -= steps;
        if (Budget >= 0)
            return true;
        Fail(CelCodes.Budget);
        return false;
    }

    /// <summary>What making or searching a text of this length costs.</summary>
    public static long StepsFor(int characters) => 1 + characters / 16;
}
