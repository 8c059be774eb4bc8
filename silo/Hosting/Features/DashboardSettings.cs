namespace MallVip.Silo.Hosting.Features;

/// <summary>Orleans' dashboard, as configured under <c>MallVip:Dashboard</c>.</summary>
public sealed record DashboardSettings
{
    /// <summary>The port of the loopback address where it is shown, 1 to 65535. Default: it is not.</summary>
    public int? Port { get; init; }
}
