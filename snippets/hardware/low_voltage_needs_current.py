"""The lower the voltage, the more current the same power needs.

A contact must carry that current. The heat made in it grows with
the square of the current.
"""

# socktrace: expect no-socket

WATTS = 60
VOLTS = (230, 120, 19, 5)


def main() -> None:
    """Work out the current at each voltage, and the heat it makes.

    The heat in one and the same contact is compared with that at
    the highest voltage.
    """
    least = WATTS / max(VOLTS)
    for volts in VOLTS:
        amperes = WATTS / volts
        heat = (amperes / least) ** 2
        print(f"{volts} V: {amperes:.2f} A, heat x {heat:.0f}")


if __name__ == "__main__":
    main()
