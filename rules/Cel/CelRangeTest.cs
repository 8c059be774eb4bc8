using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>The test that the number at a field path is above or below a bound.</summary>
/// <param name="Above">Whether greater numbers pass; else smaller ones do.</param>
/// <param name="Inclusive">Whether the bound itself passes.</param>
public sealed record CelRangeTest(string Path, bool Above, decimal Bound, bool Inclusive)
{
    public bool Holds(decimal value) =>
        value == Bound ? Inclusive : value > Bound == Above;

    /// <summary>As a rule writes it, without the path: <c>&gt;= 500</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Above ? '>' : '<')}{(Inclusive ? "=" : "")} {Bound}");
}
